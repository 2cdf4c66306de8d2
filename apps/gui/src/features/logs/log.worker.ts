import { LogDesk } from './log-desk.ts';
import type { FromWorker, ToWorker } from './log-messages.ts';

const say = (message: FromWorker) => self.postMessage(message);
const desk = new LogDesk(say);

self.addEventListener('message', (event: MessageEvent<ToWorker>) => desk.take(event.data));

say({ type: 'ready' });
