// Addresses inside a plan. A commitment's dot becomes a dash: to the server a last part with a dot is a file.
export const lineAt = (plan: number, commitment: string): string => `/plan/${plan}/ledger/${commitment.replaceAll('.', '-')}`
export const commitmentIn = (part: string): string => part.replaceAll('-', '.')
