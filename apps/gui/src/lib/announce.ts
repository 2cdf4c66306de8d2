/** Speaks to screen readers through the two live regions of the shell. */
export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite'): void {
  const region = document.getElementById(`announce-${urgency}`);
  if (!region) return;
  // The same sentence twice is spoken twice only when the text changes in between.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
