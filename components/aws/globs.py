"""Whether two wildcard patterns can match the same text: how the duties of a key are proven disjoint."""

from functools import cache


def overlap(left: str, right: str) -> bool:
    """Whether some text matches both patterns, where `*` is any run of characters and `?` any single one."""

    @cache
    def meets(i: int, j: int) -> bool:
        if i == len(left) and j == len(right):
            return True
        if i < len(left) and left[i] == "*":
            return meets(i + 1, j) or (j < len(right) and meets(i, j + 1))
        if j < len(right) and right[j] == "*":
            return meets(i, j + 1) or (i < len(left) and meets(i + 1, j))
        if i == len(left) or j == len(right):
            return False
        same = left[i] == right[j] or left[i] == "?" or right[j] == "?"
        return same and meets(i + 1, j + 1)

    return meets(0, 0)
