"""Blocks: an article as paragraphs and lists, and the prizes that lines of lists tell.

Sentences become a tree before any rule reads them: the opener of a list, its headings, the lines below each.
A line is read by one reader, whatever the order of rank, winner, category and the rest; what it leaves out
its headings say, the nearest first, and then the sentence that opens the list.
"""
