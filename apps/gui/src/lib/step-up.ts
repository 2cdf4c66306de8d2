let ask: (() => Promise<boolean>) | null = null;
let asked: Promise<boolean> | null = null;

/** Whoever shows the dialog that asks for a proof registers here; it answers false when somebody would rather not. */
export function whenProofIsNeeded(prove: () => Promise<boolean>): () => void {
  ask = prove;
  return () => {
    ask = null;
  };
}

/** Asks the person to prove again that it is them; requests that wait at the same time share one question. */
export function proveAgain(): Promise<boolean> {
  if (ask === null) return Promise.resolve(false);
  asked ??= ask().finally(() => {
    asked = null;
  });
  return asked;
}
