import TextField, { type TextFieldProps } from '@mui/material/TextField';
import type { UseFormRegisterReturn } from 'react-hook-form';

type FormFieldProps = Omit<TextFieldProps, 'error'> & {
  /** From react-hook-form's `register`. */
  field: UseFormRegisterReturn;
  fault?: string;
};

/** A text field bound to a form; what is wrong takes the place of the hint and is tied to the field for readers. */
export function FormField({ field, fault, helperText, ...props }: FormFieldProps) {
  const { ref, ...handlers } = field;
  return (
    <TextField
      {...props}
      {...handlers}
      inputRef={ref}
      error={fault !== undefined}
      helperText={fault ?? helperText}
    />
  );
}
