export const TARGET: string
export function schemaText(): Promise<string>
