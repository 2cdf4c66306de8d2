/** Looks again until it holds; the deadline is the failure. */
export async function until(condition: () => unknown, { within = 5000, what = 'It' } = {}): Promise<void> {
  const deadline = performance.now() + within;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`${what} did not come true within ${within} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
