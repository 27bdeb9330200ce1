import { styleText } from 'node:util'

/** Colour only where a person looks: on a terminal, and not where NO_COLOR asks for none (no-color.org). */
export function hasColour(): boolean {
  return process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === ''
}

export function paint(text: string, style: 'yellow' | 'cyan' | 'dim' | 'red' | 'green'): string {
  return hasColour() ? styleText(style, text, { validateStream: false }) : text
}
