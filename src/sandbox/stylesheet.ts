/** Styles of the cashier and the console. */
export const STYLESHEET = `
:root { color-scheme: light dark; font: 16px/1.45 ui-sans-serif, system-ui, sans-serif; }
body { margin: 0; }
main { max-inline-size: 60rem; margin-inline: auto; padding: 1rem; }
`;
