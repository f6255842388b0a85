export { createSandbox } from './sandbox.ts';
export type { ReceivedRequest, Sandbox, SandboxControl } from './sandbox.ts';
export type { SandboxOptions } from './options.ts';
export { ConnectionReset } from './faults.ts';
export type { Fault, FaultKind } from './faults.ts';
export type { DeliveryAttempt, NoticeKind } from './delivery.ts';
export type { NoticeMembers, PayinOrder, PayinOutcome, PayinWord } from './payin.ts';
