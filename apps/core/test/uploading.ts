import request, { type Test } from 'supertest';
import type { TestApp } from './app.js';
import type { SignedInPerson } from './sign-in.js';

export const TUS = { 'Tus-Resumable': '1.0.0' };
const PART = 'application/offset+octet-stream';

export const metadata = (said: Record<string, string>): string =>
  Object.entries(said)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

/** Sends a file in parts, as tus says. */
export class Uploading {
  constructor(
    private readonly core: TestApp,
    private readonly who: SignedInPerson,
    private readonly containerId: string,
  ) {}

  begin(at: string, length: number, { replace = false } = {}): Test {
    const said = metadata({ path: at, ...(replace ? { replace: 'true' } : {}) });
    return request(this.core.url)
      .post(`/api/v1/containers/${this.containerId}/files/uploads`)
      .set({ ...this.who.headers, ...TUS, 'Upload-Length': String(length), 'Upload-Metadata': said });
  }

  /** Says where it is sent. */
  async begun(...what: Parameters<Uploading['begin']>): Promise<string> {
    return String((await this.begin(...what).expect(201)).headers['location']);
  }

  send(location: string, offset: number, bytes: Buffer): Test {
    return request(this.core.url)
      .patch(location)
      .set({ ...this.who.headers, ...TUS, 'Upload-Offset': String(offset), 'Content-Type': PART })
      .send(bytes);
  }

  async offsetOf(location: string): Promise<number> {
    const { headers } = await request(this.core.url)
      .head(location)
      .set({ ...this.who.headers, ...TUS })
      .expect(200);
    return Number(headers['upload-offset']);
  }
}
