import type { WriteLogRequest } from './generated/bailiwick/plugin/v2/WriteLogRequest.js';
import type { HostConnection } from './host-calls.js';
import { HOST_SERVICE } from './protocols.js';

/** Under way at once; what is more is written where it costs no call. */
const MOST_UNDER_WAY = 2;

/** Lines for the plugin's log. Where the core cannot take one, it goes to the process's own output, which is kept as well. */
export class PluginLog {
  private underWay = 0;

  constructor(private readonly host: HostConnection) {}

  debug(message: string): void {
    this.write('LEVEL_DEBUG', message);
  }
  info(message: string): void {
    this.write('LEVEL_INFO', message);
  }
  warn(message: string): void {
    this.write('LEVEL_WARN', message);
  }
  error(message: string): void {
    this.write('LEVEL_ERROR', message);
  }

  private write(level: NonNullable<WriteLogRequest['level']>, message: string): void {
    if (this.underWay === MOST_UNDER_WAY) {
      process.stderr.write(`${message}\n`);
      return;
    }
    this.underWay += 1;
    void this.host
      .call(HOST_SERVICE.WriteLog, [], { level, message })
      .catch(() => process.stderr.write(`${message}\n`))
      .finally(() => {
        this.underWay -= 1;
      });
  }
}
