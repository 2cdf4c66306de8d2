// `npm test`: brings what it needs, checks and tests everything, leaves nothing behind. The last line is the count.
import { fail } from './lib/terminal.mjs';
import { test } from './lib/test.mjs';

await test().catch((error) => {
  fail(error);
  console.log('0 passed, 1 failed');
});
process.exit();
