// A task tree as a list with depths, each part under the one it is a part of.
export interface Part { id: number; parent: number | null }

/** In order of the tree; a part whose parent is missing stands at the top, and a ring is cut. */
export function treeOf<T extends Part>(parts: readonly T[]): { node: T; depth: number }[] {
  const known = new Set(parts.map((part) => part.id))
  const found: { node: T; depth: number }[] = []
  const seen = new Set<number>()
  const visit = (node: T, depth: number): void => {
    if (seen.has(node.id)) return
    seen.add(node.id)
    found.push({ node, depth })
    parts.filter((part) => part.parent === node.id).forEach((part) => visit(part, depth + 1))
  }
  parts.filter((part) => part.parent === null || !known.has(part.parent)).forEach((part) => visit(part, 0))
  parts.forEach((part) => visit(part, 0))
  return found
}
