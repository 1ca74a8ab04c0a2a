"""One file per kind of value: names, dates, places, numbers. Clean, compare, render."""
