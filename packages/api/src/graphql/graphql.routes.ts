import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, OperationTypeNode, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { compressReply } from '../http/compress-reply.js';
import type { RequestContext } from '../kernel/context.js';
import { LIMITS } from '../kernel/limits/limits.js';
import { noteProblem } from '../kernel/problem/problem-reply.js';
import type { RefusedPart } from '../kernel/refused-parts.js';
import type { ReplySize } from '../kernel/reply-size.js';
import { PublicFault } from '../kernel/problem/faults.js';
import { Refusal } from '../kernel/problem/refusal.js';
import { answerCompiled } from './compiled/answer-compiled.js';
import { compileByJit, CompiledOperations } from './compiled/compiled-operations.js';
import { requireAffordable } from './cost.js';
import { withoutValues } from './error-text.js';
import { limitAliases, limitDepth, limitIntrospection, tokensRefusal } from './limits.js';
import { refuseRepeatedNames } from './repeated-names.js';

export interface GraphqlOptions {
  readonly schema: GraphQLSchema;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
  /** What outsiders see of an unexpected error; logs it. */
  readonly publicFaultOf: (error: unknown, requestId: string) => PublicFault;
}

/** Codes of errors in the request itself, as graphql-js and Apollo name them; outsiders see one. */
const REQUEST_ERRORS: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** `POST /graphql` (and GET for queries, as the specification wants). */
export async function registerGraphql(app: FastifyInstance, options: GraphqlOptions): Promise<ApolloServer<RequestContext>> {
  const server = makeApollo(app, options);
  await server.start();
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    config: { access: 'public' },
    bodyLimit: LIMITS.requestBytes.most,
    exposeHeadRoute: false,
    errorHandler: refuseLongRequests,
    preHandler: refuseRepeatedNames,
    onSend: [refuseLongReplies(options), compressReply],
    handler: fastifyApolloHandler(server, { context: async (request) => options.contextOf(request) }),
  });
  return server;
}

function makeApollo(app: FastifyInstance, options: GraphqlOptions): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema: options.schema,
    parseOptions: { maxTokens: LIMITS.queryTokens.most },
    validationRules: [limitDepth, limitAliases, limitIntrospection],
    csrfPrevention: true,
    introspection: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    // The program stops as a whole; Apollo would end the process in the middle of transfers.
    stopOnTerminationSignals: false,
    formatError: (formatted) => formatted,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      // It is a page with scripts of others.
      ApolloServerPluginLandingPageDisabled(),
      requestRules(options),
    ],
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message) => app.log.warn(message),
      error: (message) => app.log.error(message),
    },
  });
}

/** Says in the form of GraphQL that a body is too large; other errors are shown as everywhere. */
function refuseLongRequests(error: FastifyError, request: FastifyRequest, reply: FastifyReply): unknown {
  if (error.statusCode !== 413) throw error;
  const message = `The request is larger than ${LIMITS.requestBytes.most / 1_024} kB: send less at a time.`;
  noteProblem(request, { code: 'BAD_USER_INPUT', message });
  return reply.code(413).send({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT', requestId: request.id } }] });
}

/** Refuses what costs too much, and gives every error its public code, message and request id. */
function requestRules(options: GraphqlOptions): ApolloServerPlugin<RequestContext> {
  const compiled = new CompiledOperations(compileByJit);
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, operation, request, contextValue }) => {
        requireAffordable({ schema, document, operation, variables: request.variables ?? {} });
        contextValue.replySize.isOfMutation = operation?.operation === OperationTypeNode.MUTATION;
      },
      responseForOperation: (asked) => answerCompiled(compiled, asked),
      willSendResponse: async ({ response, errors, contextValue, request }) => {
        if (response.body.kind !== 'single') return;
        const { replySize, requestId } = contextValue;
        if (replySize.isTooLarge) {
          response.http.status = statusOfGivenUp(replySize);
          response.body.singleResult = giveUp(replySize.fault(), requestId, options);
        } else if (errors && response.body.singleResult.errors) {
          response.body.singleResult.errors = errors.map((error) =>
            withoutInput(formatError(error, requestId, options), error, request.variables),
          );
        }
        for (const error of response.body.singleResult.errors ?? []) contextValue.refused.add(refusedPartOf(error));
      },
    }),
  };
}

/** An error as the log of refusals has it, in the words of the answer. */
function refusedPartOf({ message, path, extensions }: GraphQLFormattedError): RefusedPart {
  const code: unknown = extensions?.['reason'] ?? extensions?.['code'];
  return { code: typeof code === 'string' ? code : '', message, field: path === undefined ? null : String(path[0]) };
}

/** What the caller sent is not sent back, unless a rule of ours says so. */
function withoutInput(
  shown: GraphQLFormattedError,
  { originalError }: GraphQLError,
  variables: Readonly<Record<string, unknown>> | undefined,
): GraphQLFormattedError {
  const isOurs = originalError instanceof PublicFault || originalError instanceof Refusal;
  return isOurs ? shown : { ...shown, message: withoutValues(shown.message, variables ?? {}) };
}

/** One error instead of an answer that is too large: half of it would be taken for the whole. */
function giveUp(fault: PublicFault, requestId: string, options: GraphqlOptions): { errors: GraphQLFormattedError[]; data: null } {
  return { errors: [formatError(fault, requestId, options)], data: null };
}

/** A mutation has been done all the same, which a status of 400 would deny. */
const statusOfGivenUp = ({ isOfMutation }: ReplySize): number => (isOfMutation ? 200 : 400);

/** A hook (`onSend`) for what counting does not see: escapes, introspection. No answer over the limit leaves. */
function refuseLongReplies(options: GraphqlOptions): (request: FastifyRequest, reply: FastifyReply, payload: unknown) => Promise<unknown> {
  return async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length * 3 <= LIMITS.replyBytes.most) return payload;
    const totalBytes = Buffer.byteLength(payload);
    if (totalBytes <= LIMITS.replyBytes.most) return payload;
    const { replySize } = options.contextOf(request);
    noteProblem(request, replySize.fault(totalBytes));
    const refusal = JSON.stringify(giveUp(replySize.fault(totalBytes), request.id, options));
    void reply.code(statusOfGivenUp(replySize)).header('content-length', Buffer.byteLength(refusal));
    return refusal;
  };
}

function formatError(error: GraphQLError, requestId: string, options: GraphqlOptions): GraphQLFormattedError {
  const where = { ...(error.locations ? { locations: error.locations } : {}), ...(error.path ? { path: error.path } : {}) };
  const original = error.originalError ?? error;
  const { code } = error.extensions;
  // Coercion errors of values are GraphQLErrors of graphql-js itself: they have no original and no code of ours.
  if (REQUEST_ERRORS.has(code) && !(original instanceof PublicFault) && (original instanceof GraphQLError || error.originalError == null)) {
    return { message: tokensRefusal(error.message) ?? error.message, ...where, extensions: { code: 'BAD_USER_INPUT', requestId } };
  }
  if (original instanceof Refusal)
    return { message: original.message, ...where, extensions: { code: 'BAD_USER_INPUT', reason: original.code, requestId } };
  const fault = options.publicFaultOf(original, requestId);
  const { http: _http, stacktrace: _stacktrace, ...extensions } = fault.extensions;
  return { message: fault.message, ...where, extensions: { ...extensions, code: fault.code, requestId } };
}
