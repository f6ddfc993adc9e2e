"""Selectors by the names of their mechanisms."""

import selectors


def create(mechanism):
    return getattr(selectors, f"{mechanism.capitalize()}Selector")()
