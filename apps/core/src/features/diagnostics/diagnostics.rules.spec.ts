import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../config.js';
import { confidencesOf, countBy, settingsOf } from './diagnostics.rules.js';

const SECRET = 'correct horse battery staple 0123456789';

describe('the settings in a file for whoever helps', () => {
  const config = readConfig({
    BAILIWICK_ENV: 'test',
    BAILIWICK_SECRET_KEY: SECRET,
    BAILIWICK_DATABASE_URL: 'postgresql://panel:hunter2@db/panel',
    BAILIWICK_METRICS_EVERY_S: '30',
  });

  it('are figures and switches as they are, and of every text only that it is set', () => {
    const settings = settingsOf(config);
    expect(settings).toMatchObject({
      BAILIWICK_METRICS_EVERY_S: 30,
      BAILIWICK_SECRET_KEY: 'set',
      BAILIWICK_DATABASE_URL: 'set',
    });
    expect(settings).not.toHaveProperty('BAILIWICK_INSTALLER_TOKEN');
    expect(JSON.stringify(settings)).not.toMatch(/hunter2|correct horse/);
  });

  it('know what was told in confidence', () => expect(confidencesOf(config)).toEqual([SECRET]));
});

describe('counting', () => {
  it('is by the word of each', () => expect(countBy(['a', 'b', 'a'], (word) => word)).toEqual({ a: 2, b: 1 }));
});
