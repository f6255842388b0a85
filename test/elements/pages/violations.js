globalThis.violations = [];
globalThis.document.addEventListener('securitypolicyviolation', (event) => {
  globalThis.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
