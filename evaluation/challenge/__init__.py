"""Sentences written to find out whether a coder knows what happened, and who did it to whom.

``status.jsonl`` holds acts that did not happen, may happen, are to come or happened long ago, among acts that did happen;
``direction.jsonl`` holds directed acts in the constructions in which the subject of the sentence need not be the actor.
Both were written blind to the coder. Each row names one act by its trigger; ``also_accept`` are other careful readings of
it, ``others`` are further acts of the sentence.
"""
