import * as apt from './apt.mjs';
import { findProgram } from './commands.mjs';
import { bringPython } from './python.mjs';
import { Trouble } from './terminal.mjs';

/** What shuts plugins in, and what plugins in Python speak with. Gives the settings of the specs. */
export async function bringSandbox() {
  await bringPython();
  if (!findProgram('bwrap')) {
    if (!apt.canInstall())
      throw new Trouble('The tests of plugins need bubblewrap; as root run: apt-get install bubblewrap');
    await apt.install('bubblewrap');
  }
  return { BWRAP_PATH: findProgram('bwrap') };
}
