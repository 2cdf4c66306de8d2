/** A page nobody looks at draws no frames: what waits for one comes all the same, a little later. */
const HIDDEN_MS = 250;

/** Before the page is drawn next, at once for all who asked. */
export function inNextFrame(work: () => void): void {
  const timer = setTimeout(() => run(), HIDDEN_MS);
  const frame = requestAnimationFrame(() => run());
  const run = () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    work();
  };
}
