export { verifyLeanxCallback, type LeanxCallbackResult, type LeanxClaims } from '../leanx/callback.ts';
export { createLeanxClient, type LeanxClient, type LeanxClientOptions } from '../leanx/client.ts';
export { signLeanx } from '../leanx/signing.ts';
export { createLesspayClient, type LesspayClient, type LesspayClientOptions } from '../lesspay/client.ts';
export { signLesspay, stringToSign } from '../lesspay/signing.ts';
export { signTestWebhook, type TestWebhook } from '../lesspay/test-webhook.ts';
export {
  verifyLesspay,
  type VerifyLesspayOptions,
  type VerifyLesspayReason,
  type VerifyLesspayResult,
} from '../lesspay/verify.ts';
export { UpstreamError } from '../upstream/error.ts';
export { createSend, type Send, type SendOptions } from '../upstream/send.ts';
export { ConfigError } from './config.ts';
export type { PayinEvent, PayinEventType, PayoutEvent, PayoutEventType } from './merchant/events.ts';
export type { ProxyAnswer, ProxyCall } from './http/exchange.ts';
export type { Logger, LogRecord } from './journal/log.ts';
export type {
  Actor,
  DecisionDraft,
  LeanxOptions,
  LesspayOptions,
  LesspayOutput,
  LimiterContext,
  LimiterOptions,
  PayinOptions,
  PayoutAction,
  PayoutDraft,
  PayoutLimits,
  PayoutOptions,
  PayoutRoute,
  PricedOrder,
  RateLimit,
  RequestContext,
  SigningProxyOptions,
} from './options.ts';
export type { PayoutDecision, PayoutDecisions, ResolvedPayout, ResolveOptions } from './payout/decision.ts';
export type { ListUnknown, ListUnknownOptions, UnknownPayout, UnknownPayouts } from './payout/unknown-payouts.ts';
export {
  ALARMS,
  WARNINGS,
  type AlarmFact,
  type AlarmName,
  type EventLevel,
  type HookFact,
  type HookName,
  type LimitedFact,
  type Observe,
  type ProxyEvent,
  type ProxyFact,
  type ReconcileFact,
  type RequestFact,
  type UnknownOutcomeFact,
  type UpstreamFact,
  type WarningFact,
  type WarningName,
  type WebhookFact,
} from './journal/proxy-event.ts';
export { ProblemError } from './http/problem.ts';
export type { ReconcileOptions, ReconcileReport } from './reconcile.ts';
export { DEFAULT_LIMITS } from './limiter/config.ts';
export { ROUTE_NAMES, type RouteName } from './routes.ts';
export { createSigningProxy, type SigningProxy } from './signing-proxy.ts';
export { encryptedStore, type EncryptedStoreOptions } from './store/encrypted.ts';
export { memoryStore } from './store/memory.ts';
export { StoreError, type StoreErrorCode } from './store/store-error.ts';
export type { DueQuery, JsonValue, Store, StoredValue, StoreWriteOptions } from './store/store.ts';
