import { LogDesk } from './log-desk.ts';
import type { ToWorker } from './log-messages.ts';

const desk = new LogDesk((message) => self.postMessage(message));

self.addEventListener('message', (event: MessageEvent<ToWorker>) => desk.take(event.data));
