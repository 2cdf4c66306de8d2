import { InvalidInput, servePlugin, Unavailable } from '@bailiwick/plugin';
import { Outbox } from './outbox.js';

let outbox: Outbox | undefined;

await servePlugin({
  version: '1.0.0',
  initialize: ({ settings, events, scopes, log }) => {
    outbox?.close();
    outbox = undefined;
    const { url = '', secret } = settings;
    if (url === '') return;
    if (typeof url !== 'string' || !/^https?:\/\//.test(url))
      throw new InvalidInput('The address begins with http:// or https://.');
    const own = new Outbox({ url, secret: typeof secret === 'string' ? secret : '' });
    outbox = own;
    if (!scopes.has('events.read')) {
      log.warn('The scope events.read was not granted: there is nothing to tell.');
      return;
    }
    events.subscribe(['container.*'], {
      onEvent: (event) => own.add(event),
      onLeftOut: (count) => {
        own.counts.leftOut += count;
      },
    });
  },
  health: () => {
    if (!outbox) return { status: 'degraded', message: 'No address is set.' };
    const { trouble, counts } = outbox;
    return trouble ? { status: 'degraded', message: trouble } : { status: 'healthy', numbers: { ...counts } };
  },
  metrics: () => {
    const { delivered = 0, failed = 0, leftOut = 0 } = outbox?.counts ?? {};
    const counter = (name: string, help: string, value: number) => ({ name, help, value, isCounter: true });
    return [
      counter('delivered_total', 'Events the receiver took', delivered),
      counter('failed_total', 'Events the receiver did not take', failed),
      counter('left_out_total', 'Events that came faster than they were taken', leftOut),
    ];
  },
  actions: {
    test: {
      title: 'Send a test',
      description: 'Tells the address that nothing happened.',
      form: { type: 'object', properties: { wait: { type: 'boolean', title: 'Wait for its answer', default: false } } },
      async run({ input }) {
        const event = { kind: 'container.test', at: new Date(), tenant: '', data: { message: 'Nothing happened.' } };
        if (!outbox) throw new InvalidInput('No address is set.');
        const sent = outbox.send(event);
        if (input['wait'] !== true) return { sent: true };
        const trouble = await sent;
        if (trouble) throw new Unavailable(trouble);
        return { sent: true, taken: true };
      },
    },
  },
  shutdown: () => outbox?.close(),
});
