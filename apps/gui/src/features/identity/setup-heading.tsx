'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** The heading of a step; whoever comes to the step begins at it. */
export function SetupHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold outline-none">
      {children}
    </h1>
  );
}
