export * from './messages.ts';
export * from './problem.ts';
export * from './status.ts';
