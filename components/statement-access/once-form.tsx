'use client';

import { type ComponentProps, useState } from 'react';
import { firstOfMany } from './once';

/** A plain form that a script, where there is one, keeps from being sent twice. */
export function OnceForm(props: ComponentProps<'form'>) {
  const [isFirst] = useState(firstOfMany);
  return (
    <form
      {...props}
      method="post"
      onSubmit={(event) => {
        if (!isFirst(event.timeStamp)) event.preventDefault();
      }}
    />
  );
}
