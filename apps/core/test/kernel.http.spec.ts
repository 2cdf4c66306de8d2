import { describe, expect, it } from '@jest/globals';
import { startApp } from './app.js';

describe('the edge', () => {
  it('starts with every migration applied', async () => {
    const app = await startApp();
    expect(app.url).toMatch(/^http/);
    await app.close();
  });
});
