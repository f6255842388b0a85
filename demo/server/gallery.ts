import { Router } from 'express';
import type { Pages } from './pages.ts';

/** The gallery: every element in every state, for people to look at and for the audits. */
export function galleryRoutes(pages: Pages): Router {
  const router = Router();
  router.get('/gallery', (request, response) => pages.send(request, response, 'demo/gallery.html', {}));
  // A checkout that shows nothing: the page that was to be left stays.
  router.get('/gallery/stay', (_request, response) => void response.status(204).end());
  return router;
}
