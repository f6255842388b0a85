import { readdirSync } from 'node:fs';

/** A route handler of Next's app router. */
export type RouteHandler = (
  request: Request,
  context: { params: Promise<Record<string, string | string[]>> },
) => Response | Promise<Response>;

interface Route {
  pattern: RegExp;
  handlers: Readonly<Record<string, unknown>>;
}

const APP = new URL('app/', import.meta.url);

/** Loads every route.ts below app/, by the rules of Next's folders: `[name]` is a segment, `[...name]` the rest. */
export async function loadRoutes(): Promise<(request: Request) => Promise<Response>> {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((file) => /(^|\/)route\.ts$/.test(file));
  const routes = await Promise.all(
    files.map(async (file): Promise<Route> => {
      const path = file
        .replace(/\/?route\.ts$/, '')
        .replace(/\[\.\.\.(\w+)\]/g, '(?<$1>.+)')
        .replace(/\[(\w+)\]/g, '(?<$1>[^/]+)');
      const url = new URL(file.replaceAll('[', '%5B').replaceAll(']', '%5D'), APP);
      return {
        pattern: new RegExp(`^/${path}$`),
        handlers: (await import(url.href)) as Record<string, unknown>,
      };
    }),
  );
  return async (request) => {
    const { pathname } = new URL(request.url);
    for (const { pattern, handlers } of routes) {
      const match = pattern.exec(pathname);
      if (!match) continue;
      const handler = handlers[request.method] as RouteHandler | undefined;
      return (
        handler?.(request, { params: Promise.resolve({ ...match.groups }) }) ?? new Response(null, { status: 405 })
      );
    }
    return new Response(null, { status: 404 });
  };
}
