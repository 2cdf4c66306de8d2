// `node install/build.mjs packages|core|gui|gui-packages …`: one part of what `npm start` does, for images and other ways to run.
import { buildIfStale } from './lib/builds.mjs';
import { installForRunning, installPackages } from './lib/packages.mjs';
import { fail, Trouble } from './lib/terminal.mjs';

const PARTS = {
  packages: installPackages,
  core: () => buildIfStale('core'),
  gui: () => buildIfStale('gui'),
  'gui-packages': () => installForRunning('gui'),
};

try {
  for (const name of process.argv.slice(2)) {
    if (!PARTS[name]) throw new Trouble(`${name} is not a part; the parts are ${Object.keys(PARTS).join(', ')}.`);
    await PARTS[name]();
  }
} catch (error) {
  fail(error);
}
