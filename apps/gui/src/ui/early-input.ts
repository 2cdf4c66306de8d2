'use client';

import { type Ref, type RefObject, useEffect, useImperativeHandle, useRef } from 'react';

/**
 * What somebody ticked or typed before the page listened: a controlled field tells it once as if it happened now.
 * `given` is the ref of who uses the field.
 */
export function useEarlyInput<Field extends HTMLInputElement | HTMLTextAreaElement>(
  given: Ref<Field> | undefined,
  known: { checked?: boolean | undefined; value?: unknown },
): RefObject<Field | null> {
  const field = useRef<Field>(null);
  useImperativeHandle(given, () => {
    if (!field.current) throw new Error('The field is not drawn.');
    return field.current;
  }, []);
  const atFirst = useRef(known);
  useEffect(() => {
    const { checked, value } = atFirst.current;
    const { current } = field;
    if (current instanceof HTMLInputElement && checked !== undefined && current.checked !== checked) {
      current.checked = checked;
      current.click();
    } else if (current && typeof value === 'string' && current.value !== value) {
      tellAgain(current, current.value, value);
    }
  }, []);
  return field;
}

/** React compares with what it last saw, which only its own property knows. */
function tellAgain(field: HTMLInputElement | HTMLTextAreaElement, typed: string, known: string): void {
  field.value = known;
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, typed);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
