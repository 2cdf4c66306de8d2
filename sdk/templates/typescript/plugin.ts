import { InvalidInput, type PluginContext, ScopeMissing, servePlugin } from '@bailiwick/plugin';

let context: PluginContext;

/** How often it has greeted: kept by the core, also when this process ends. */
async function count(): Promise<number> {
  try {
    const kept = await context.storage.get('greetings');
    const greetings = Number(kept?.toString() ?? 0) + 1;
    await context.storage.set('greetings', String(greetings));
    return greetings;
  } catch (error) {
    // A person may have agreed to less than plugin.json asks for: go on without it.
    if (error instanceof ScopeMissing) return 0;
    throw error;
  }
}

await servePlugin({
  version: '0.1.0',
  initialize: (given) => {
    context = given;
    context.log.info(`${context.name} is ready.`);
  },
  health: () => ({ status: 'healthy' }),
  actions: {
    greet: {
      title: 'Greet',
      description: 'Greets somebody, and counts it.',
      form: {
        type: 'object',
        required: ['who'],
        properties: { who: { type: 'string', title: 'Whom', maxLength: 80 } },
      },
      async *run({ input, signal }) {
        yield { done: 0.5, message: 'Thinks of what to say.' };
        if (signal.aborted) return;
        const { greeting = 'Hello' } = context.settings;
        const { who = 'you' } = input;
        if (typeof greeting !== 'string' || typeof who !== 'string') throw new InvalidInput('Say it in words.');
        return { said: `${greeting}, ${who}!`, greetings: await count() };
      },
    },
  },
});
