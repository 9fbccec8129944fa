import { useState, type ComponentProps } from 'react';
import { FormError } from './form-error';

/** Why what a dialog asks for failed. What had failed before it was opened is of an earlier try. */
export function DialogError({ error, texts }: ComponentProps<typeof FormError>) {
  const [earlier] = useState(error);
  return <FormError error={error === earlier ? null : error} texts={texts} />;
}
