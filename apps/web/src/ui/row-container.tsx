import type { CustomContainerComponentProps } from "virtua";

/**
 * What a virtual list's rows stand in, for its `as`. The virtualizer would take them from under every pointer until
 * nothing has scrolled for 150 ms, and on a busy phone for seconds: a tap on what is seen would fall beside it.
 */
function pressable({ pointerEvents: _none, ...style }: CustomContainerComponentProps["style"]) {
  return style;
}

export function UnorderedRows({ style, children, ref }: CustomContainerComponentProps) {
  return (
    <ul ref={ref} style={pressable(style)}>
      {children}
    </ul>
  );
}

export function OrderedRows({ style, children, ref }: CustomContainerComponentProps) {
  return (
    <ol ref={ref} style={pressable(style)}>
      {children}
    </ol>
  );
}
