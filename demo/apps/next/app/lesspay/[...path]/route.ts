import { merchant } from '../../merchant.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

const handler = (request: Request): Promise<Response> => merchant.proxy.fetch(request);
export { handler as GET, handler as OPTIONS, handler as POST };
