/**
 * What is measured on a stage of the gallery. Each function runs in the page, so each has all that it needs inside; what
 * it finds wrong comes back in words.
 */

/** Text and graphics against what is behind them (WCAG 2.2, 1.4.3 and 1.4.11); what is disabled has no minimum there. */
export function lowContrast(): string[] {
  type Colour = [red: number, green: number, blue: number, alpha: number];
  const read = (text: string): Colour => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    return text.startsWith('color(') ? [red * 255, green * 255, blue * 255, alpha] : [red, green, blue, alpha];
  };
  const over = (top: Colour, below: Colour): Colour => {
    const [red, green, blue, alpha] = top;
    const mix = (own: number, under: number) => own * alpha + under * (1 - alpha);
    return [mix(red, below[0]), mix(green, below[1]), mix(blue, below[2]), 1];
  };
  const luminance = (colour: Colour): number => {
    const [red = 0, green = 0, blue = 0] = colour.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one: Colour, other: Colour): number => {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const above = (element: Element): Element | null =>
    element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;
  const behind = (element: Element | null): Colour => {
    if (!element) return [255, 255, 255, 1];
    const own = read(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, behind(above(element)));
  };
  const opacity = (element: Element | null): number =>
    element ? Number(getComputedStyle(element).opacity) * opacity(above(element)) : 1;
  const isOff = (element: Element): boolean =>
    element.matches(
      ':disabled, :disabled *, label:has(:disabled), label:has(:disabled) *, [aria-disabled=true][role=option] *',
    );

  const found: string[] = [];
  const need = (least: number, colour: string, ground: Colour, what: string, element: Element) => {
    const [red, green, blue, alpha] = read(colour);
    const has = ratio(over([red, green, blue, alpha * opacity(element)], ground), ground);
    if (has < least) found.push(`${what} has ${has.toFixed(2)} of ${least}: ${element.outerHTML.slice(0, 90)}`);
  };
  const look = (root: ShadowRoot) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.visually-hidden, option'))
        continue;
      if (isOff(element)) continue;
      const style = getComputedStyle(element);
      const { color, fontSize, fontWeight, borderTopColor, borderTopWidth, stroke } = style;
      const isLarge = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && Number(fontWeight) >= 700);
      const least = isLarge ? 3 : 4.5;
      const isControl = element.matches('input:not([type=radio], [type=checkbox], [type=file]), select, textarea');
      const hasText = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (hasText || isControl) need(least, color, behind(element), 'text', element);
      if (element.matches('textarea:placeholder-shown, input:placeholder-shown')) {
        need(least, getComputedStyle(element, '::placeholder').color, behind(element), 'placeholder', element);
      }
      const outside = behind(above(element));
      const isEdged =
        element.matches('.secondary, .chip, .choice') || (isControl && !element.matches('[readonly], .cell'));
      if (isEdged && parseFloat(borderTopWidth) > 0) need(3, borderTopColor, outside, 'edge', element);
      if (element.matches('.primary')) need(3, style.backgroundColor, outside, 'ground', element);
      if (element.matches('svg')) need(3, stroke, behind(element), 'icon', element);
    }
  };
  for (const { shadowRoot } of document.querySelectorAll('.stage > *')) if (shadowRoot) look(shadowRoot);
  return found;
}

/** Targets under 24 by 24 pixels that are neither in a sentence nor far enough from others (WCAG 2.2, 2.5.8). */
export function smallTargets(): string[] {
  const targets: { element: Element; box: DOMRect }[] = [];
  const look = (root: ShadowRoot) => {
    for (const element of root.querySelectorAll('a[href], button, input, select, textarea, [role=option]')) {
      const label = element.closest('label') ?? element;
      if (!label.checkVisibility({ visibilityProperty: true }) || element.matches(':disabled')) continue;
      targets.push({ element, box: label.getBoundingClientRect() });
    }
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) look(shadowRoot);
  };
  for (const { shadowRoot } of document.querySelectorAll('.stage > *')) if (shadowRoot) look(shadowRoot);

  const isSmall = ({ width, height }: DOMRect) => Math.min(width, height) < 23.99;
  const middle = ({ x, y, width, height }: DOMRect) => [x + width / 2, y + height / 2] as const;
  const isInSentence = (element: Element) =>
    getComputedStyle(element).display === 'inline' &&
    Array.from(element.parentElement?.childNodes ?? []).some((node) => node.nodeType === 3 && node.textContent?.trim());
  return targets
    .filter(({ element, box }) => {
      if (!isSmall(box) || isInSentence(element)) return false;
      const [x, y] = middle(box);
      return targets.some((other) => {
        if (other.element === element) return false;
        const { left, right, top, bottom } = other.box;
        const near = Math.hypot(x - Math.min(Math.max(x, left), right), y - Math.min(Math.max(y, top), bottom));
        const [otherX, otherY] = middle(other.box);
        return near < 12 || (isSmall(other.box) && Math.hypot(x - otherX, y - otherY) < 24);
      });
    })
    .map(
      ({ element, box }) => `${box.width.toFixed()} × ${box.height.toFixed()} px: ${element.outerHTML.slice(0, 120)}`,
    );
}

/** What sticks out of the page, and words that their box cuts off. */
export function cutOff(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const found = scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px wider than the screen`] : [];
  const look = (root: ShadowRoot) => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) look(element.shadowRoot);
      // What a field holds scrolls inside it; lists and tables have a place to scroll in that says so.
      if (
        !element.checkVisibility() ||
        element.matches('input, select, textarea, option, [role=listbox], [role=region]')
      )
        continue;
      if (element.closest('.visually-hidden, thead')) continue;
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      const isWide =
        overflowX !== 'visible' && textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1;
      const isHigh = overflowY !== 'visible' && element.scrollHeight > element.clientHeight + 1;
      if (isWide || isHigh) found.push(`cut off: ${element.outerHTML.slice(0, 120)}`);
    }
  };
  for (const { shadowRoot } of document.querySelectorAll('.stage > *')) if (shadowRoot) look(shadowRoot);
  return found;
}

/** What moves; a document tells only of what stands outside of shadow roots. */
export function movement(): string[] {
  const found: string[] = [];
  const look = (root: ShadowRoot) => {
    for (const { playState, effect } of root.getAnimations()) {
      if (playState === 'running') found.push((effect as KeyframeEffect).target?.outerHTML.slice(0, 120) ?? '');
    }
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) look(shadowRoot);
  };
  for (const { shadowRoot } of document.querySelectorAll('.stage > *')) if (shadowRoot) look(shadowRoot);
  return found;
}

/** The spacing of text that people may set, on everything on the stage (WCAG 2.2, 1.4.12). */
export function spaceText(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } ' +
      'p { margin-block-end: 2em !important }',
  );
  const wear = (root: ShadowRoot) => {
    root.adoptedStyleSheets.push(sheet);
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) wear(shadowRoot);
  };
  for (const { shadowRoot } of document.querySelectorAll('.stage > *')) if (shadowRoot) wear(shadowRoot);
}

/**
 * Puts the focus on each control in turn, as the keyboard does: it has a ring of two pixels, in a colour that stands out
 * by 3:1 where colours are the page's own, and nothing lies over it (WCAG 2.2, 2.4.7, 2.4.11 and 1.4.11).
 */
export function poorFocus(): string[] {
  const found: string[] = [];
  const controls: HTMLElement[] = [];
  const look = (root: ShadowRoot) => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (element.tabIndex >= 0 && element.matches('a[href], button, input, select, textarea, [tabindex="0"]'))
        controls.push(element);
    }
  };
  for (const { shadowRoot } of document.querySelectorAll('.stage > *')) if (shadowRoot) look(shadowRoot);
  for (const control of controls) {
    // The control before may have changed what there is.
    if (!control.isConnected || !control.checkVisibility({ visibilityProperty: true })) continue;
    // A busy button takes no clicks, and would not be found under the pointer.
    control.style.pointerEvents = 'auto';
    control.focus();
    if (!control.matches(':focus')) continue;
    const marked = [control, control.closest('label')].filter((each) => each !== null);
    const ring = marked.find((each) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    if (!ring) found.push(`no ring: ${control.outerHTML.slice(0, 120)}`);
    const place = marked[marked.length - 1] ?? control;
    const { left, top, width, height } = place.getBoundingClientRect();
    const isSeen = [0.5, 0.05, 0.95].some((share) => {
      const x = left + width * share;
      const y = top + height * share;
      let hit = document.elementFromPoint(x, y);
      while (hit?.shadowRoot) {
        const inner: Element | null = hit.shadowRoot.elementFromPoint(x, y);
        if (!inner || inner === hit) break;
        hit = inner;
      }
      return hit !== null && (place.contains(hit) || hit.contains(place));
    });
    if (!isSeen) found.push(`hidden under something: ${control.outerHTML.slice(0, 120)}`);
  }
  return found;
}

/** In forced colours: words can be read, every control has an edge or is a link, and what is chosen differs from what is not. */
export function lostInForcedColours(): string[] {
  const found: string[] = [];
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.backgroundColor = 'Canvas';
  const plate = getComputedStyle(probe).backgroundColor;
  probe.remove();
  const looks = (element: Element) => {
    const { borderTopColor, borderTopWidth, borderInlineStartWidth, color, backgroundColor } =
      getComputedStyle(element);
    return [borderTopColor, borderTopWidth, borderInlineStartWidth, color, backgroundColor].join();
  };
  const look = (root: ShadowRoot) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const { borderTopStyle, borderTopWidth, textDecorationLine, color, forcedColorAdjust } =
        getComputedStyle(element);
      // Behind words the browser paints a plate of Canvas (CSS Color Adjustment 1, 3.1).
      if (color === plate && forcedColorAdjust === 'auto' && element.textContent.trim()) {
        found.push(`words on a plate of their own colour: ${element.outerHTML.slice(0, 120)}`);
      }
      const isControl = element.matches(
        'button:not(.close), select, textarea, .choice, .choose, input.input:not([readonly])',
      );
      const hasEdge = borderTopStyle !== 'none' && parseFloat(borderTopWidth) > 0;
      if (isControl && !hasEdge && !textDecorationLine.includes('underline')) {
        found.push(`no edge: ${element.outerHTML.slice(0, 120)}`);
      }
    }
    for (const [chosen, others] of [
      ['.chip[aria-pressed=true]', '.chip[aria-pressed=false]'],
      ['.choice:has(:checked:enabled)', '.choice:has(:enabled:not(:checked))'],
      ['.option[aria-selected=true]', '.option[aria-selected=false]:not([aria-disabled])'],
    ] as const) {
      const one = root.querySelector(chosen);
      const other = root.querySelector(others);
      if (one && other && looks(one) === looks(other))
        found.push(`not told from the others: ${one.outerHTML.slice(0, 120)}`);
    }
  };
  for (const { shadowRoot } of document.querySelectorAll('.stage > *')) if (shadowRoot) look(shadowRoot);
  return found;
}
