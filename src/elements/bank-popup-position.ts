/**
 * Puts a top-layer list under its field, or above it where there is more room, and keeps it there while the page
 * scrolls or changes size. Returns what ends this. Styles are set through the CSSOM, which a strict
 * `style-src` allows; CSS anchor positioning would do the same but is missing from browsers of before 2026.
 */
export function keepBeside(field: Element, popup: HTMLElement): () => void {
  const place = () => {
    const { left, width, top, bottom } = field.getBoundingClientRect();
    const below = innerHeight - bottom;
    const up = below < 260 && top > below;
    const styles = {
      left,
      width,
      top: up ? 'auto' : bottom + 4,
      bottom: up ? innerHeight - top + 4 : 'auto',
      '--_room': (up ? top : below) - 12,
    };
    for (const [name, size] of Object.entries(styles)) {
      popup.style.setProperty(name, typeof size === 'number' ? `${size}px` : size);
    }
  };
  place();
  addEventListener('scroll', place, { capture: true, passive: true });
  addEventListener('resize', place);
  return () => {
    removeEventListener('scroll', place, { capture: true });
    removeEventListener('resize', place);
  };
}
