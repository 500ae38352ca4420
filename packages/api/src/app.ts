import type { Settings } from '@slipway/shared';
import type { RequestLimits } from './machinery/throttle/request-rates.js';
import type { ApolloServer } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { composeFeatures, type Features } from './app/features.js';
import { composeResolvers } from './app/resolvers.js';
import type { Foundation } from './app/foundation/foundation.js';
import { composeStable } from './app/stable.js';
import { registerStableRoutes } from './features/downloads/stable/stable.routes.js';
import { registerPermalinkRoutes } from './features/downloads/delivery/permalink.routes.js';
import { registerAnnouncementRoutes } from './features/announcements/editing/announcement.routes.js';
import { registerLicenseImportRoutes } from './features/licenses/import/license-import.routes.js';
import { registerLicenseRoutes } from './features/licenses/csv/license-export.routes.js';
import { registerLogRoutes } from './features/logs/export/log.routes.js';
import { registerPrivacyRoutes } from './features/privacy/privacy.routes.js';
import { registerNewsRoutes } from './features/news/news.routes.js';
import { withPublicPage } from './features/portal/public-head.js';
import { registerPortalRoutes } from './features/portal/portal.routes.js';
import { registerUpdateRoutes } from './features/updates/update.routes.js';
import { registerVendorRoutes } from './features/settings/vendor.routes.js';
import { registerShareRoutes } from './features/sharing/share.routes.js';
import { registerStatisticsRoutes } from './features/statistics/statistics.routes.js';
import { registerFileRoutes } from './features/files/stream/file.routes.js';
import { registerUploadRoutes } from './features/files/stream/upload.routes.js';
import { registerGraphql } from './graphql/graphql.routes.js';
import { assembleSchema } from './graphql/schema.js';
import { publicFaultOf } from './http/faults.js';
import { measureServer } from './http/metrics.js';
import { registerMetricsRoutes } from './http/metrics.routes.js';
import { registerHealthRoutes } from './http/health.routes.js';
import type { ClassifiedRoute } from './http/route-access.js';
import type { RunningRequests } from './http/running-requests.js';
import { createServer } from './http/server.js';
import { pageSender, registerWebRoutes } from './http/web.routes.js';
import type { RequestContext } from './kernel/context.js';
import { registerStoreRoutes } from './storage/disk/disk-store.routes.js';
import { DiskStore } from './storage/disk/disk-store.js';

/** The running program. */
export interface App {
  readonly server: FastifyInstance;
  readonly routes: readonly ClassifiedRoute[];
  readonly schema: GraphQLSchema;
  readonly features: Features;
  readonly requests: RunningRequests;
  close(): Promise<void>;
}

const requestLimitsOf = (settings: Settings): RequestLimits => ({
  anonymous: settings.anonymousRequestsPerMinute,
  credential: settings.credentialRequestsPerMinute,
});

/** While the database is away, those that were last known hold on. */
function limitsInForce(settings: Features['settings']): () => Promise<RequestLimits> {
  let known = requestLimitsOf(settings.defaults);
  return async () => (known = await settings.read().then(requestLimitsOf, () => known));
}

/** The composition root, once database and store are known to belong together: every service of the program is made here or in `composeFeatures`. */
export async function createApp(foundation: Foundation): Promise<App> {
  const { config, log, store, database } = foundation;
  const features = composeFeatures(foundation);
  await features.stores.open();
  const schema = assembleSchema(composeResolvers(foundation, features));
  const { app, routes, contextOf, requests } = await createServer({
    publicUrl: config.publicUrl,
    trustedProxies: config.trustedProxies,
    storeOrigins: () => features.stores.browserOrigins,
    authenticators: features,
    log,
    requestsPerMinute: limitsInForce(features.settings),
    accessLevel: config.hasAccessLog ? 'info' : 'debug',
  });
  const registry = measureServer(app, { ...features, database, requests });
  const apollo: ApolloServer<RequestContext> = await registerGraphql(app, {
    schema,
    contextOf,
    publicFaultOf: (error, requestId) => publicFaultOf(error, { ...features, log }, requestId),
  });
  registerUploadRoutes(app, features.streamUploads, contextOf);
  registerFileRoutes(app, { ...features, contextOf });
  registerPermalinkRoutes(app, features.downloads, contextOf);
  const stable = composeStable({ ...features, database, publicUrl: config.publicUrl, productService: features.products });
  registerStableRoutes(app, { ...stable, downloads: features.downloads, contextOf });
  registerUpdateRoutes(app, { ...features.updates, contextOf });
  registerShareRoutes(app, {
    ...features,
    view: features.sharedView,
    publicUrl: config.publicUrl,
    contextOf,
    sendPage: pageSender(foundation.webFolder),
  });
  registerStatisticsRoutes(app, features.statistics, contextOf);
  registerMetricsRoutes(app, { registry, contextOf, openTo: config.metricsAllowedFrom ?? [] });
  registerAnnouncementRoutes(app, { ...features, database, contextOf });
  registerLicenseRoutes(app, { ...features, database, clock: foundation.clock, contextOf });
  registerLicenseImportRoutes(app, { ...features, database, contextOf });
  registerLogRoutes(app, { ...features, database, contextOf });
  registerPrivacyRoutes(app, features.exporting, contextOf);
  registerVendorRoutes(app, features);
  registerPortalRoutes(app, { ...features, contextOf });
  await registerNewsRoutes(app, { ...features, publicUrl: config.publicUrl, contextOf });
  registerHealthRoutes(app, { ...features, database, requests });
  if (store instanceof DiskStore) registerStoreRoutes(app, store);
  await registerWebRoutes(app, foundation.webFolder, async (path) => {
    // Without the database the page itself still stands, and says what is wrong.
    const page = await features.publicPages.find(path).catch(() => null);
    return page && ((html) => withPublicPage(html, page));
  });
  const close = async (): Promise<void> => {
    await Promise.all([features.jobs.stop(), app.close().then(() => apollo.stop())]);
    await features.presence.settle();
    await features.refusals.close();
  };
  return { server: app, routes, schema, features, requests, close };
}
