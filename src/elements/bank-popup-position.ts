/**
 * Puts a top-layer list under its field, or above it where there is more room, and keeps it there while the page
 * scrolls or changes size. Returns what ends this. Styles are set through the CSSOM, which a strict
 * `style-src` allows; CSS anchor positioning would do the same but is missing from browsers of before 2026.
 */
export function keepBeside(field: Element, popup: HTMLElement): () => void {
  const place = () => {
    const box = field.getBoundingClientRect();
    const gap = 4;
    const below = innerHeight - box.bottom - gap;
    const above = box.top - gap;
    const up = below < Math.min(popup.scrollHeight, 240) && above > below;
    const room = Math.max(120, (up ? above : below) - 8);
    popup.style.setProperty('left', `${box.left}px`);
    popup.style.setProperty('width', `${box.width}px`);
    popup.style.setProperty('top', up ? 'auto' : `${box.bottom + gap}px`);
    popup.style.setProperty('bottom', up ? `${innerHeight - box.top + gap}px` : 'auto');
    popup.style.setProperty('--_room', `${room}px`);
  };
  place();
  addEventListener('scroll', place, { capture: true, passive: true });
  addEventListener('resize', place);
  return () => {
    removeEventListener('scroll', place, { capture: true });
    removeEventListener('resize', place);
  };
}
