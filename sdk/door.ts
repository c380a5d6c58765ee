import { doors } from "@golive/provider/doors/dynamic";

// What the one line in state asks for by name. It runs in Pulumi's plugin process only; a program never loads it.
export = doors;
