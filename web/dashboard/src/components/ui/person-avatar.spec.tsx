import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { PersonAvatar } from './person-avatar';

describe(PersonAvatar, () => {
  it.each([
    ['Seoyeon Kim', 'SK'],
    ['김민준', '김'],
    ['👩‍💻 Haneul', '👩‍💻H'],
    ['Team 🇰🇷', 'T🇰🇷'],
    ['  ', '?'],
  ])('shows of %j what is read as its first letters', (name, letters) => {
    render(<PersonAvatar id="agent-1" name={name} />);
    expect(screen.getByText(letters)).toBeInTheDocument();
  });
});
