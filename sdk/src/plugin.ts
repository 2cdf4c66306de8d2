export type { PluginPlace } from './config.js';
export type { Container, PluginContext, Role, SyncOutcome, User } from './context.js';
export type {
  AccessChange,
  ActionCall,
  ActionDefinition,
  ChannelDefinition,
  Deploy,
  HealthReport,
  HookMoments,
  Notice,
  PluginDefinition,
  PluginMetric,
  Progress,
  Refusal,
  SyncedUser,
  UserPage,
  UserSync,
} from './definition.js';
export { HostError, HostRefused, InvalidInput, NotThere, ScopeMissing, Unavailable } from './failures.js';
export type { JsonObject, JsonValue } from './json.js';
export { servePlugin } from './serve-plugin.js';
export { serveV1, type V1Definition } from './serve-v1.js';
export type { Serving } from './serving.js';
export type { Listening, PluginEvent, Subscription } from './subscription.js';
export { pagesOf } from './user-pages.js';
