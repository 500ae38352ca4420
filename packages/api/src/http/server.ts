import cookie from '@fastify/cookie';
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { RefusalLog } from '../machinery/refusals/refusal-log.js';
import type { StoreEvents } from '../machinery/store-events/store-events.js';
import type { RequestLimits, RequestRates } from '../machinery/throttle/request-rates.js';
import type { SettingsService } from '../features/settings/settings.service.js';
import { ANONYMOUS } from '../kernel/actor.js';
import { RequestContext } from '../kernel/context.js';
import { LIMITS } from '../kernel/limits/limits.js';
import type { Log } from '../kernel/log.js';
import { redactUrl } from '../kernel/text/redact-url.js';
import { authenticate, type Authenticators } from './caller/authenticate.js';
import { warnOfStrangers } from './caller/forwarded-for.js';
import { challengeUnauthorized } from './caller/challenge.js';
import { answerClientError, answerOtherExpectations, sendFrameworkProblem, type BareUse } from './bare-replies.js';
import { cookieReply, cookiesOf } from './caller/cookies.js';
import { originOf } from './caller/origin.js';
import { logAccess, type AccessLevel } from './access-log.js';
import { requestIds } from './caller/request-id.js';
import { limitBodies } from './body-deadline.js';
import { registerFaults } from './faults.js';
import { countedActor } from './request-limit.js';
import { registerHeaders } from './headers.js';
import { noteRefusals } from './refused-requests.js';
import { requireRequestShape } from './request-shape.js';
import { watchRequests, type RunningRequests } from './running-requests.js';
import { requireRouteAccess, type ClassifiedRoute } from './route-access.js';

/** A request whose headers do not come in this time is dropped. */
const HEADERS_TIMEOUT_MS = 30_000;
const IDLE_TIMEOUT_MS = 120_000;
const NO_LIMITS = async (): Promise<RequestLimits> => ({ anonymous: 0, credential: 0 });

export interface ServerOptions {
  readonly publicUrl: string;
  readonly trustedProxies: readonly string[];
  readonly storeOrigins: () => readonly string[];
  readonly authenticators: Authenticators & {
    readonly settings: SettingsService;
    readonly requestRates: RequestRates;
    readonly refusals: RefusalLog;
    readonly storeEvents: StoreEvents;
  };
  readonly log: Log;
  /** The level of the line that each request gets; `debug` when absent. */
  readonly accessLevel?: AccessLevel;
  /** How long a body may take that is no file; the table of limits says how long when absent. */
  readonly bodyMilliseconds?: number;
  /** Asked with every request: the vendor may change them. No limit when absent. */
  readonly requestsPerMinute?: () => Promise<RequestLimits>;
}

/** The HTTP server before its routes: ids, headers, sessions, errors. */
export interface Server {
  readonly app: FastifyInstance;
  readonly routes: readonly ClassifiedRoute[];
  readonly contextOf: (request: FastifyRequest) => RequestContext;
  readonly requests: RunningRequests;
}

export async function createServer(options: ServerOptions): Promise<Server> {
  const { log } = options;
  const isHttps = options.publicUrl.startsWith('https:');
  const bare = { isHttps, refusals: options.authenticators.refusals };
  const app = makeFastify(options, bare);
  const routes = requireRouteAccess(app);
  const requests = watchRequests(app);
  const cookies = cookiesOf(isHttps);
  const authentication = { cookieName: cookies.session.name, origin: new URL(options.publicUrl).origin };
  registerFaults(app, { log, storeEvents: options.authenticators.storeEvents });
  challengeUnauthorized(app, async () => (await options.authenticators.settings.read()).vendorName);
  await registerHeaders(app, { isHttps, storeOrigins: options.storeOrigins });
  app.addHook('onRequest', async (request, reply) => void reply.header('X-Request-Id', request.id));
  limitBodies(app, options.bodyMilliseconds ?? LIMITS.bodySeconds.most * 1_000);
  requireRequestShape(app);
  warnOfStrangers(app, log, options.authenticators.requestRates);
  await app.register(cookie);
  answerExpectations(app);
  answerOtherExpectations(app, bare);
  const counting = { rates: options.authenticators.requestRates, readLimits: options.requestsPerMinute ?? NO_LIMITS };
  const contexts = new WeakMap<FastifyRequest, RequestContext>();
  app.addHook('onRequest', async (request, reply) => {
    const route = request.routeOptions.url;
    if (!needsContext(route)) return;
    // What is answered to one caller is nobody else's; routes that know better say so.
    reply.header('Cache-Control', 'no-store');
    const actor = await countedActor(request, counting, async () =>
      isShareLink(route) ? ANONYMOUS : authenticate(request, options.authenticators, authentication),
    );
    const origin = originOf(request, cookies);
    contexts.set(request, new RequestContext(request.id, actor, origin, cookieReply(reply, cookies)));
  });
  logAccess(app, log, options.accessLevel ?? 'debug');
  noteRefusals(app, options.authenticators.refusals, (request) => contexts.get(request) ?? null);
  return { app, routes, contextOf: (request) => contextOf(contexts, request), requests };
}

function makeFastify({ log, trustedProxies }: ServerOptions, bare: BareUse): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = log;
  return fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(trustedProxies),
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    // Files may take their time; other bodies have a deadline of their own (`limitBodies`).
    requestTimeout: 0,
    // Connections that are open when a replica stops still get their answers: a balancer would pass a 503 on.
    return503OnClosing: false,
    connectionTimeout: IDLE_TIMEOUT_MS,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: LIMITS.pathPart.most },
    http: { headersTimeout: HEADERS_TIMEOUT_MS, maxHeaderSize: LIMITS.headerBytes.most },
    frameworkErrors: (error, _request, reply) => sendFrameworkProblem(error, reply, bare),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, bare),
  });
}

/**
 * `Expect: 100-continue`: whoever asks first gets the go-ahead for the body only after the checks that need none. Node would
 * give it at once. @see https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1
 */
function answerExpectations(app: FastifyInstance): void {
  app.server.on('checkContinue', (request: object, response: object) => app.server.emit('request', request, response));
  app.addHook('preParsing', async (request, reply) => {
    if (request.headers.expect !== undefined && request.routeOptions.config.asksForBody !== true) reply.raw.writeContinue();
  });
}

/** Pages, their files, health checks and signed store URLs concern nobody in particular: no look-up for them. */
const needsContext = (route: string | undefined): boolean =>
  route !== undefined && /^\/(?:graphql|api|d|s|download|feeds|metrics|unsubscribe)(?:\/|$)/.test(route);

/** Whoever opens a share link is asked for nothing else: staff see there what testers see. */
const isShareLink = (route: string | undefined): boolean => route?.startsWith('/s/') === true;

function contextOf(contexts: WeakMap<FastifyRequest, RequestContext>, request: FastifyRequest): RequestContext {
  const context = contexts.get(request);
  if (!context) throw new Error(`No actor was looked up for ${redactUrl(request.url)}.`);
  return context;
}
