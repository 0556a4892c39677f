# What protects people. No phrase file may change these.

fixed-purpose = This report looks for obstacles in how work is organised. It is not made for assessing individuals and is too uncertain for it: do not use it in appraisal, pay, discipline or dismissal.
fixed-caution = Coaching sessions on contact types that the operation decides were given where nobody could have moved the result. They are not evidence about any agent or any coach.
fixed-individual = Individual view: each figure includes luck and the mix of contacts. No decision about a person may rest on it.
