/** A picture an authenticator app reads, as an address an `img` shows. */
export async function toQr(text: string): Promise<string> {
  // Loaded by whoever needs it: few ask, and seldom.
  const { toString } = await import('qrcode');
  const svg = await toString(text, { type: 'svg', margin: 4, errorCorrectionLevel: 'M' });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
