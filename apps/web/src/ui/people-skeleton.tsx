import { Skeleton } from "./skeleton.tsx";

/** The shape of a list of people that is on its way. */
export function PeopleSkeleton({ rows }: { readonly rows: number }) {
  return (
    <div>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-14 items-center gap-3 px-2">
          <Skeleton className="size-10 rounded-md" />
          <span className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3.5 w-24" />
            <Skeleton className="h-3 w-16" />
          </span>
        </div>
      ))}
    </div>
  );
}
