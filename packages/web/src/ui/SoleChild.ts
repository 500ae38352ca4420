import { cloneVNode, Comment, Fragment, type FunctionalComponent, type VNode } from 'vue';

/** Gives its attributes and listeners to the one element in its slot, and adds none of its own. */
export const SoleChild: FunctionalComponent = (_props, { slots, attrs }) => {
  const child = elementsOf(slots['default']?.() ?? [])[0];
  return child && cloneVNode(child, attrs);
};
SoleChild.inheritAttrs = false;

/** A slot that is handed on arrives as a fragment. */
function elementsOf(nodes: readonly VNode[]): readonly VNode[] {
  return nodes.flatMap((node) => {
    if (node.type === Fragment && Array.isArray(node.children)) return elementsOf(node.children as VNode[]); // what a slot renders
    return node.type === Comment ? [] : [node];
  });
}
