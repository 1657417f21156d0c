/**
 * The look of a menu over the page. It has no motion as it closes: Radix takes the opening one for that where it began late,
 * and waits for an end that has passed, so that the closed menu stays over the page.
 */
export const menuClass =
  "z-30 min-w-52 max-w-80 animate-pop-in data-[state=closed]:animate-none rounded-md bg-raised p-1 shadow-overlay max-h-(--radix-popper-available-height) overflow-y-auto";
